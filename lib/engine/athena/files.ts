import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import type { QueryExecution } from '@aws-sdk/client-athena';
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { withS3Context } from '../../store/s3-error.ts';

/**
 * Suffixes of the objects that Athena writes to the result location: rows and their description for a SELECT, description
 * and list of files for an UNLOAD. Source: Athena User Guide, "Find query output files".
 */
const RESULT_SUFFIXES = ['.csv', '.csv.metadata', '.metadata', '-manifest.csv'];

/** The rows of a succeeded SELECT as Athena's CSV. */
export async function openResult(s3: S3Client, execution: QueryExecution): Promise<Readable> {
  const { bucket, key } = outputObject(execution);
  const get = new GetObjectCommand({ Bucket: bucket, Key: key });
  const { Body } = await withS3Context('GetObject', `s3://${bucket}/${key}`, s3.send(get));
  return Body as Readable;
}

/** Deletes the objects that Athena wrote to the result location for one query, and no others. Returns their number. */
export async function removeResultFiles(s3: S3Client, execution: QueryExecution): Promise<number> {
  const { bucket, key } = outputObject(execution);
  const stem = posix.join(posix.dirname(key), execution.QueryExecutionId ?? '');
  const own = new Set(RESULT_SUFFIXES.map((suffix) => stem + suffix));
  const list = new ListObjectsV2Command({ Bucket: bucket, Prefix: stem });
  const { Contents = [] } = await withS3Context('ListObjectsV2', `s3://${bucket}/${stem}`, s3.send(list));
  const objects = Contents.filter(({ Key }) => Key !== undefined && own.has(Key)).map(({ Key }) => ({ Key }));
  if (objects.length === 0) return 0;
  const remove = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } });
  const { Errors } = await withS3Context('DeleteObjects', `s3://${bucket}/${stem}`, s3.send(remove));
  const kept = Errors?.[0];
  if (kept) throw new Error(`cannot delete s3://${bucket}/${kept.Key}: ${kept.Code} ${kept.Message}`);
  return objects.length;
}

/** The result object of an execution. An Error if its name is not the execution's id. */
function outputObject({ QueryExecutionId, ResultConfiguration }: QueryExecution): { bucket: string; key: string } {
  const location = ResultConfiguration?.OutputLocation;
  const [, bucket, key] = location?.match(/^s3:\/\/([^/]+)\/(.+)$/s) ?? [];
  if (!bucket || !key || !QueryExecutionId || posix.parse(key).name !== QueryExecutionId) {
    throw new Error(`query ${QueryExecutionId} has the result ${location}, whose name is not its id`);
  }
  return { bucket, key };
}
