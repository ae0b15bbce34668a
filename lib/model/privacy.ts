/** What a report shows of the people behind requests. It holds for everything that leaves with it. */
export interface Privacy {
  /** Addresses of clients: as they are, as networks (/24 and /48), or as hashes. */
  client_ip: 'keep' | 'truncate' | 'hash';
  /** Query strings, and what signs a request: as they are, or left out. */
  query: 'keep' | 'scrub';
}
