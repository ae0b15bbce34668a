/** What a report shows about the people behind requests. It applies to the page, the mail and every file. */
export interface Privacy {
  /** Client addresses: unchanged, as networks (/24 and /48), or as hashes. */
  client_ip: 'keep' | 'truncate' | 'hash';
  /** Query strings and signatures of requests: unchanged, or removed. */
  query: 'keep' | 'scrub';
}
