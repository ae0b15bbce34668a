import { App } from 'aws-cdk-lib';
import { LogtallyStack, loadConfig } from 'logtally/cdk';

const app = new App();
new LogtallyStack(app, loadConfig('logtally.yaml', { section_ids: ['overview'] }));
