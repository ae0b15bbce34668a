const BY_LISTS = 'sorts user agents or paths by long lists, which plain code would only copy';
const BEFORE = 'compares with a period before, of which these logs hold nothing';
const ESTIMATES = 'ranks by an estimate';
const NO_REQUESTS = 'counts lines that are no requests, which test/sections works out by hand';
const BALANCER = 'needs what only load balancers log';

const CONNECTIONS = 'logs connections, of which most sections know nothing; test/formats reads each kind of its lines';

/** Sections that are not counted again, and why. */
export const WITHOUT_ORACLE: Readonly<Record<string, string>> = {
  'agent-kinds': BY_LISTS,
  browsers: BY_LISTS,
  'operating-systems': BY_LISTS,
  bots: BY_LISTS,
  'attack-signatures': BY_LISTS,
  scanners: BY_LISTS,
  'query-signatures': BY_LISTS,
  'brute-force': BY_LISTS,
  'client-changes': BEFORE,
  'endpoint-changes': BEFORE,
  'object-changes': BEFORE,
  'requester-changes': BEFORE,
  'slow-hours': ESTIMATES,
  'slow-objects': ESTIMATES,
  'unusual-hours': 'is a statistic, which test/sections works out by hand',
  'lines-by-day': NO_REQUESTS,
  'lines-by-hour': NO_REQUESTS,
  'non-requests': NO_REQUESTS,
  owners: 'needs a configuration; test/owners counts them',
  targets: BALANCER,
  'target-answers': BALANCER,
  'request-cost': 'multiplies by prices, which test/sections works out by hand',
  'server-errors': 'shows fields of single lines, which test/sections works out by hand',
  'security-readiness': 'asks what stands in the way of safeguards, which test/sections works out by hand',
};

const PARTS =
  'joins the parts of an object that a client fetches; its rule is worked out by hand in test/lake and test/sections';

/** Columns that are not counted again in any section, and why. */
export const WITHOUT_COUNT: Readonly<Record<string, string>> = { downloads: PARTS, incomplete_downloads: PARTS };

/** Formats that no log is written in, and why. */
export const WITHOUT_LOGS: Readonly<Record<string, string>> = {
  nlb: CONNECTIONS,
};
