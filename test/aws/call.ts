import type { IncomingHttpHeaders } from 'node:http';
import { textsOf } from '../servers/xml.ts';
import { ACCOUNT, REGION } from './emulator.ts';

/** A request to AWS, in the terms of IAM. */
export interface Call {
  /** Who signed it. */
  access_key: string;
  service: string;
  /** The permissions that it needs, such as `s3:GetObject` on an object. */
  needs: Need[];
}

export interface Need {
  action: string;
  resource: string;
  /** Keys of conditions. */
  context?: Record<string, string>;
}

export interface AwsRequest {
  method: string;
  /** With the query. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Reads a request of one of the services that the functions call, or that Athena calls for them. */
export function callOf(request: AwsRequest, workgroup: string): Call {
  const url = new URL(request.url, 'https://127.0.0.1');
  const signed = `${request.headers.authorization ?? ''} Credential=${url.searchParams.get('X-Amz-Credential') ?? ''}`;
  const [, access_key = '', service = ''] = signed.match(/Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//) ?? [];
  const needs = {
    s3: () => s3Needs(request, url),
    athena: () => [{ action: `athena:${target(request)}`, resource: arn('athena', `workgroup/${workgroup}`) }],
    kms: () => [{ action: `kms:${target(request)}`, resource: arn('kms', `key/${input(request).KeyId}`) }],
    ssm: () => [{ action: `ssm:${target(request)}`, resource: arn('ssm', `parameter${input(request).Name}`) }],
    ses: () => sesNeeds(new URLSearchParams(request.body.toString())),
    lambda: () => durableNeeds(decodeURIComponent(url.pathname)),
  }[service];
  if (!needs) throw new Error(`no function was expected to call ${service}: ${request.method} ${request.url}`);
  return { access_key, service, needs: needs() };
}

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

function target({ headers }: AwsRequest): string {
  return String(headers['x-amz-target']).split('.').at(-1) ?? '';
}

function input({ body }: AwsRequest): Record<string, string> {
  return JSON.parse(body.toString());
}

/** A mail needs its sender's identity and the configuration set. */
function sesNeeds(form: URLSearchParams): Need[] {
  const [action, from] = [`ses:${form.get('Action')}`, form.get('Source') ?? ''];
  return [`identity/${from}`, `configuration-set/${form.get('ConfigurationSetName')}`].map((resource) => ({
    action,
    resource: arn('ses', resource),
    context: { 'ses:FromAddress': from },
  }));
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CheckpointDurableExecution.html and GetDurableExecutionState */
function durableNeeds(path: string): Need[] {
  const [, resource = '', operation = ''] = path.match(/\/durable-executions\/(.+)\/(checkpoint|state)$/) ?? [];
  const action = { checkpoint: 'CheckpointDurableExecution', state: 'GetDurableExecutionState' }[operation];
  return [{ action: `lambda:${action}`, resource }];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
function s3Needs({ method, headers, body }: AwsRequest, { pathname, searchParams: query }: URL): Need[] {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
  const need = (action: string, name = key) => ({
    action: `s3:${action}`,
    resource: `arn:aws:s3:::${bucket}${name === '' ? '' : `/${name}`}`,
  });
  if (query.has('delete')) return textsOf(body.toString(), 'Key').map((name) => need('DeleteObject', name));
  if (query.has('location')) return [need('GetBucketLocation')];
  if (key === '') return [{ ...need('ListBucket'), context: { 's3:prefix': query.get('prefix') ?? '' } }];
  if (method === 'GET' || method === 'HEAD') return [need('GetObject')];
  if (method === 'DELETE') return [need(query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject')];
  const source = headers['x-amz-copy-source'];
  if (source === undefined) return [need('PutObject')];
  const copied = decodeURIComponent(String(source)).replace(/^\//, '');
  return [need('PutObject'), { action: 's3:GetObject', resource: `arn:aws:s3:::${copied}` }];
}
