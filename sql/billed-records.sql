/*
Defines `billed_records` for sections: `records` by all that decides what AWS bills for them, with what it bills.

- price_tier: the price class of a request, by its operation. LIST requests are named REST.GET.BUCKET and cost as much as
  a PUT. NULL without an operation.
- billed_bytes: the bytes whose transfer may be billed; NULL if they are free or if the log has no size.

Records that differ in nothing else are counted first, so that a price is found per kind of record, not per record.

"Billing for Amazon S3 error responses" in the Amazon S3 User Guide lists which errors are free: all of 500 to 599, the
codes below, and AccessDenied for callers outside the account and its organization. The log identifies only anonymous
callers as such; all others count as billed.
*/
SELECT
  *,
  CASE
    WHEN operation IS NULL THEN NULL
    WHEN is_free_error THEN 'Errors that are free'
    WHEN operation LIKE 'S3.TRANSITION%' THEN 'Lifecycle transitions, not priced'
    WHEN operation LIKE 'S3.%' OR operation LIKE '%.DELETE.%'
      OR operation IN ('REST.POST.MULTI_OBJECT_DELETE', 'REST.COPY.OBJECT_GET', 'REST.COPY.PART_GET')
    THEN 'DELETE, expiry and reads of a COPY, free'
    WHEN operation LIKE '%.PUT.%' OR operation LIKE '%.POST.%' OR operation LIKE '%.COPY.%'
      OR operation IN ('REST.GET.BUCKET', 'REST.GET.BUCKETVERSIONS', 'REST.GET.UPLOADS', 'REST.GET.UPLOAD')
    THEN 'PUT, COPY, POST, LIST'
    ELSE 'GET and all others'
  END AS price_tier,
  CASE
    WHEN NOT is_free_error AND coalesce(transfer_destination IN ('internet', 'other_region'), true) THEN bytes_sent
  END AS billed_bytes
FROM (
  SELECT
    *,
    coalesce(
      status BETWEEN 500 AND 599
        OR (error_code = 'AccessDenied' AND is_anonymous)
        OR error_code IN (
          'PermanentRedirect', 'PermanentRedirectControlError', 'TemporaryRedirect', 'AccountProblem',
          'AuthorizationHeaderMalformed', 'AuthorizationQueryParametersError', 'BucketAlreadyExists',
          'ConnectionClosedByRequester', 'DeviceNotActiveError', 'EndpointNotFound', 'ExpiredToken',
          'IllegalLocationConstraintException', 'IncorrectEndpoint', 'InvalidAccessKeyId', 'InvalidArgument',
          'InvalidBucketOwnerAWSAccountID', 'InvalidBucketState', 'InvalidDigest', 'InvalidEncryptionAlgorithmError',
          'InvalidHostHeader', 'InvalidHttpMethod', 'InvalidPayer', 'InvalidRange', 'InvalidRequest',
          'InvalidSOAPRequest', 'InvalidSecurity', 'InvalidSessionException', 'InvalidSignature', 'InvalidStorageClass',
          'InvalidTag', 'InvalidToken', 'InvalidURI', 'KMS.DisabledException', 'KMS.InvalidKeyUsageException',
          'KMS.KMSInvalidStateException', 'KMS.NotFoundException', 'KeyTooLongError', 'LambdaInvalidResponse',
          'LambdaInvocationFailed', 'LambdaNotFound', 'LambdaPermissionError', 'MalformedACLError',
          'MalformedPOSTRequest', 'MalformedXML', 'MaxPostPreDataLengthExceededError', 'MetadataTooLarge',
          'MethodNotAllowed', 'MissingAttachment', 'MissingAuthenticationToken', 'MissingContentLength',
          'MissingRequestBodyError', 'MissingSecurityHeader', 'NoLoggingStatusForKey', 'NoSuchAsyncRequest',
          'NoSuchObjectLockConfiguration', 'NoSuchUpload', 'NoSuchWebsiteConfiguration', 'NoTransformationDefined',
          'NotDeviceOwnerError', 'NotSignedUp', 'ObjectLockConfigurationNotFoundError', 'OperationAborted',
          'RequestHeaderSectionTooLarge', 'RequestIsNotMultiPartContent', 'RequestTimeTooSkewed', 'ResponseInterrupted',
          'SignatureDoesNotMatch', 'TokenCodeInvalidError', 'UnauthorizedAccessError', 'UnexpectedContent',
          'UnexpectedIPError', 'UnsupportedArgument', 'UnsupportedSignature', 'UserKeyMustBeSpecified', 'ValidationError'),
      false) AS is_free_error
  FROM (
    SELECT
      operation,
      status,
      error_code,
      requester IS NULL AS is_anonymous,
      transfer_destination,
      bucket_region,
      {{lines}} AS lines,
      {{bytes_sent}} AS bytes_sent
    FROM records
    GROUP BY 1, 2, 3, 4, 5, 6
  ) AS counted
) AS checked
