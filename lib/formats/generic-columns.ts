/**
 * The raw columns that sql/lake/generic-mapping.sql reads. A format without its own mapping uses these names. `file_day`
 * is added by the reader for formats whose times have no year.
 */
export const GENERIC_COLUMNS = [
  ...['time', 'file_day', 'host', 'ident', 'client_ip', 'forwarded_for', 'requester', 'request_id', 'operation'],
  ...['request', 'method', 'request_uri', 'url', 'query', 'route', 'protocol', 'status', 'error_code'],
  ...['bytes_sent', 'bytes_received', 'duration', 'duration_ms', 'duration_s', 'duration_us', 'duration_ns'],
  ...['server_ms', 'server_s', 'server_ns', 'referrer', 'user_agent', 'cache_status', 'edge_location', 'is_edge'],
  ...['tls_version', 'tls_cipher', 'region'],
  ...['request_processing_s', 'response_processing_s', 'target', 'target_status', 'target_group'],
  ...['priority', 'level', 'application', 'message', 'extra'],
] as const;
