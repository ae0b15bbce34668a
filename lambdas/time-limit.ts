/** Hours after which Lambda ends an execution of the report function, without running any more of it. */
export const EXECUTION_HOURS = 24;

/** Hours after which a run gives up by itself, in time to stop its queries, let other runs begin, and report why. */
export const RUN_HOURS = 23;
