import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { objectAt, type PartitionOutcome, type PartitionPrefixes, partitionObject } from '../lib/sources/partition.ts';
import type { Store, StoredObject } from '../lib/store/store.ts';

/** The part of an "Object Created" event that is read. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const objectCreated = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });

export interface PartitionPorts {
  /** The whole bucket. */
  bucket: Store;
  prefixes: PartitionPrefixes;
  /** Called for each event. `reason` says why one failed; the queue then delivers it again. */
  onEvent(key: string, outcome: PartitionOutcome | 'failed', reason?: string): void;
}

/** Partitions the objects that a batch of events names, and returns the events that failed, for another attempt. */
export async function partitionCreated({ Records }: SQSEvent, ports: PartitionPorts): Promise<SQSBatchResponse> {
  const outcomes = await Promise.all(
    Records.map(async ({ messageId, body }) => ({ messageId, outcome: await outcomeOf(body, ports) })),
  );
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed');
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function outcomeOf(
  body: string,
  { bucket, prefixes, onEvent }: PartitionPorts,
): Promise<PartitionOutcome | 'failed'> {
  let key = '';
  try {
    key = objectCreated.parse(JSON.parse(body)).detail.object.key;
    const object = await namedObject(bucket, key);
    if (!object) {
      throw new Error(`${bucket.root}${key}: no such object; keep raw logs until their copies are made`);
    }
    const outcome = await partitionObject(bucket, prefixes, object);
    onEvent(key, outcome);
    return outcome;
  } catch (error) {
    onEvent(key, 'failed', (error as Error).message);
    return 'failed';
  }
}

/** S3's older notifications encode keys like forms; what EventBridge receives is not documented, so both are tried. */
async function namedObject(bucket: Store, key: string): Promise<StoredObject | undefined> {
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
