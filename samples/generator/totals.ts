import type { Entry } from './entries.ts';

/** What a report on these lines must come to; counted while they are made, not by parsing them. */
export interface Totals {
  /** lines = requests + the sum of not_requests + duplicates + rejected. */
  lines: number;
  requests: number;
  /** Lines that are not requests of a client, by kind. */
  not_requests: Record<string, number>;
  duplicates: number;
  /** Lines that are no request. */
  rejected: number;
  /** Lines delivered a day late, in an object of their own. */
  late: number;
  bytes_sent: number;
  /** Different client addresses, and different authenticated requesters. */
  unique_clients: number;
  unique_requesters: number;
  /** Requests by HTTP status. */
  by_status: Record<string, number>;
  by_operation: Record<string, number>;
}

/** The operations of the sample that no client asked for, and what they are. */
const NOT_REQUESTS: Readonly<Record<string, string>> = {
  'BATCH.DELETE.OBJECT': 'batch_item',
  'REST.COPY.OBJECT_GET': 'copy_read',
  'S3.COMPUTE.OBJECT.CHECKSUM': 'checksum',
  'S3.CREATE.DELETEMARKER': 'lifecycle',
  'S3.EXPIRE.OBJECT': 'lifecycle',
  'S3.TRANSITION_SIA.OBJECT': 'lifecycle',
};

const empty = () => ({
  totals: {
    lines: 0,
    requests: 0,
    not_requests: {},
    duplicates: 0,
    rejected: 0,
    late: 0,
    bytes_sent: 0,
    unique_clients: 0,
    unique_requesters: 0,
    by_status: {},
    by_operation: {},
  } as Totals,
  clients: new Set<string>(),
  requesters: new Set<string>(),
});

/** Counts entries one by one; `months` gives the totals by month, YYYY-MM, each with sorted keys. */
export function createTally() {
  const tallies = new Map<string, ReturnType<typeof empty>>();

  function add({ record, day, delivery }: Entry): void {
    const month = day.slice(0, 7);
    const tally = tallies.get(month) ?? empty();
    tallies.set(month, tally);
    const { totals, clients, requesters } = tally;
    totals.lines += 1;
    if (delivery === 'late') totals.late += 1;
    if (delivery === 'repeated') totals.duplicates += 1;
    else if (!record) totals.rejected += 1;
    else if (NOT_REQUESTS[record.operation]) count(totals.not_requests, NOT_REQUESTS[record.operation] ?? '');
    else {
      totals.requests += 1;
      totals.bytes_sent += record.bytes_sent ?? 0;
      count(totals.by_status, String(record.status));
      count(totals.by_operation, record.operation);
      if (record.client_ip) clients.add(record.client_ip);
      if (record.requester) requesters.add(record.requester);
    }
  }

  function months(): Record<string, Totals> {
    return Object.fromEntries(
      [...tallies].sort().map(([month, { totals, clients, requesters }]) => [
        month,
        {
          ...totals,
          unique_clients: clients.size,
          unique_requesters: requesters.size,
          not_requests: sorted(totals.not_requests),
          by_status: sorted(totals.by_status),
          by_operation: sorted(totals.by_operation),
        },
      ]),
    );
  }

  return { add, months };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

const sorted = (counts: Record<string, number>) => Object.fromEntries(Object.entries(counts).sort());
