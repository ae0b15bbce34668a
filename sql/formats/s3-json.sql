/*
title: Amazon S3 server access log, as JSON
kind: storage
# Amazon S3 User Guide, "Log format in CloudWatch Logs": one JSON object per line, delivered by CloudWatch Logs since 2026.
# The columns have the names of the text format, because its mapping reads them. Absent values are null.
mapping: s3-access
json:
  bucketowner: bucket_owner_id
  bucket_name: bucket_name
  requestdatetime: request_time
  remoteip: remote_ip
  requester: requester
  requestid: request_id
  operation: operation
  key: key_name
  request_uri: request_uri
  httpstatus: http_status
  errorcode: error_code
  bytessent: bytes_sent_size
  objectsize: object_size
  totaltime: total_duration
  turnaroundtime: turn_around_duration
  referrer: referer
  useragent: user_agent
  versionid: version_id
  hostid: host_id
  sigv: signature_version
  ciphersuite: cipher_suite
  authtype: authentication_type
  endpoint: host_header
  tlsversion: tls_version
  accesspointarn: access_point_arn
  aclrequired: acl_required
  sourceregion: source_region
*/
