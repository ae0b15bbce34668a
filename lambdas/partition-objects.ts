import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { type Filed, type FilingPlace, fileLog, objectAt } from '../lib/sources/partition.ts';
import type { Store } from '../lib/store/store.ts';

/** What is read of an event "Object Created". https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const objectCreated = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

export interface FilingPorts {
  /** The whole bucket. */
  bucket: Store;
  place: FilingPlace;
  /** Told of each event; `reason` says why one has to come again. */
  onEvent(key: string, outcome: Filed | 'failed', reason?: string): void;
}

/** Files the objects that a batch of events names. Those that fail come again by themselves. */
export async function fileCreated({ Records }: SQSEvent, ports: FilingPorts): Promise<SQSBatchResponse> {
  const outcomes = await Promise.all(
    Records.map(async ({ messageId, body }) => ({ messageId, outcome: await outcomeOf(body, ports) })),
  );
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function outcomeOf(body: string, { bucket, place, onEvent }: FilingPorts): Promise<Filed | 'failed'> {
  let key = '';
  try {
    key = objectCreated.parse(JSON.parse(body)).detail.object.key;
    const object = await namedObject(bucket, key);
    if (!object) throw new Error(`${bucket.root}${key}: there is no such object; a log must stay until it is filed`);
    const filed = await fileLog(bucket, place, object);
    onEvent(key, filed);
    return filed;
  } catch (error) {
    onEvent(key, 'failed', (error as Error).message);
    return 'failed';
  }
}

/** S3's older notifications encode keys as forms do, and what EventBridge gets is not documented: both are looked for. */
async function namedObject(bucket: Store, key: string) {
  const decoded = formDecoded(key);
  return (await objectAt(bucket, key)) ?? (decoded === key ? undefined : objectAt(bucket, decoded));
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
