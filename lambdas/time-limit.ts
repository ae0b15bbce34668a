/** Hours after which Lambda ends an execution of the report function, without running any more of it. */
export const EXECUTION_HOURS = 24;

/** Hours after which a run ends itself, in time to stop its queries, let other runs start, and report the reason. */
export const RUN_HOURS = 23;
