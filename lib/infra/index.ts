/** `logtally/cdk`: the stack for apps of the AWS CDK. */
export { loadConfig } from '../config/config.ts';
export { LogtallyStack } from './stack.ts';
