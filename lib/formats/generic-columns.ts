/**
 * The raw columns that sql/lake/generic-mapping.sql reads. A format without its own mapping uses these names. `file_day`
 * is added by the reader for formats whose times have no year.
 */
export const GENERIC_COLUMNS = [
  ...['time', 'file_day', 'host', 'ident', 'client_ip', 'requester', 'request_id', 'operation'],
  ...['request', 'method', 'url', 'query', 'protocol', 'status', 'error_code'],
  ...['bytes_sent', 'bytes_received', 'duration_ms', 'duration_s', 'duration_us', 'duration_ns'],
  ...['server_ms', 'server_s', 'referrer', 'user_agent', 'cache_status', 'edge_location'],
  ...['tls_version', 'tls_cipher', 'region'],
  ...['request_processing_s', 'response_processing_s', 'target', 'target_status', 'target_group'],
  ...['priority', 'level', 'application', 'message', 'extra'],
] as const;
