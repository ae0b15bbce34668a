import { App, Stack, Stage } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Logtally, LogtallyStack, loadConfig, Source } from 'logtally/cdk';

const app = new App();
new LogtallyStack(app, 'Logtally', { config: loadConfig('logtally.yaml') });

const site = new Stack(new Stage(app, 'Prod', { env: { region: 'eu-west-1' } }), 'Site');
new Logtally(site, 'Logs', {
  sources: { web: Source.s3(new Bucket(site, 'Website')) },
  reports: { weekly: { frequency: 'weekly', schedule: { hour: 7 }, sections: ['overview', 'by-day'] } },
  recipients: ['team@example.com'],
  mail: { from: 'reports@example.com' },
});
