/* Removes the values of parameters that sign a request or name the signer, as in a presigned URL. */
regexp_replace(
  {{text}},
  '(?i)(x-amz-[a-z-]+|x-goog-[a-z-]+|awsaccesskeyid|key-pair-id|policy|signature|sig|credential|(access|id|session|security)?[_-]?token|api[_-]?key|password|secret)(=|%3d)[^&\s"]*',
  '[scrubbed]')
