import { AccessLogField as Field } from 'aws-cdk-lib/aws-apigateway';

/** One JSON line for each request: who asked for what and how it ended. No headers, query strings or bodies. */
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

/** Of the SCIM API, with the domain and key that its authorizer found. */
export const SCIM_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  domainId: Field.contextAuthorizer('domainId'),
  keyId: Field.contextAuthorizer('keyId'),
});

/** Of the license API, which knows nobody. */
export const LICENSE_ACCESS_LOG_FORMAT = JSON.stringify(REQUEST_FIELDS);

/** Of the admin API, with the caller that its authorizer found. */
export const ADMIN_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  callerId: Field.contextAuthorizer('id'),
});
