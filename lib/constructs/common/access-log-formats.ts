import { AccessLogField as Field } from 'aws-cdk-lib/aws-apigateway';

/** The fields of the JSON line for each request. They contain no headers, query strings or bodies. */
const REQUEST_FIELDS = {
  requestId: Field.contextRequestId(),
  time: Field.contextRequestTime(),
  method: Field.contextHttpMethod(),
  path: Field.contextPath(),
  resource: Field.contextResourcePath(),
  status: Field.contextStatus(),
  sourceIp: Field.contextIdentitySourceIp(),
  userAgent: Field.contextIdentityUserAgent(),
  responseLength: Field.contextResponseLength(),
  responseLatency: Field.contextResponseLatency(),
  integrationLatency: Field.contextIntegrationLatency(),
  integrationStatus: Field.contextIntegrationStatus(),
  error: Field.contextErrorResponseType(),
};

/** The access log format of the SCIM API, with the domain and the key from its authorizer. */
export const SCIM_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  domainId: Field.contextAuthorizer('domainId'),
  keyId: Field.contextAuthorizer('keyId'),
});

/** The access log format of the license check API, whose callers are anonymous. */
export const LICENSE_ACCESS_LOG_FORMAT = JSON.stringify(REQUEST_FIELDS);

/** The access log format of the admin API, with the caller from its authorizer. */
export const ADMIN_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  callerId: Field.contextAuthorizer('id'),
});
