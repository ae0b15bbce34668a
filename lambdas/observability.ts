import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';

const serviceName = 'logtally';

/** Structured lines about runs. The content of access logs is never logged. */
export const logger = new Logger({ serviceName });
export const metrics = new Metrics({ serviceName, namespace: 'Logtally' });
export const tracer = new Tracer({ serviceName });
