import { AccessLogField as Field } from 'aws-cdk-lib/aws-apigateway';

/**
 * The fields of the JSON line for each request. They contain no path, because clients put addresses into it,
 * and of the headers only the user agent. The request IDs lead to the log lines of the functions and to the
 * trace.
 */
const REQUEST_FIELDS = {
  requestId: Field.contextRequestId(),
  time: Field.contextRequestTime(),
  method: Field.contextHttpMethod(),
  resource: Field.contextResourcePath(),
  status: Field.contextStatus(),
  sourceIp: Field.contextIdentitySourceIp(),
  userAgent: Field.contextIdentityUserAgent(),
  responseLength: Field.contextResponseLength(),
  responseLatency: Field.contextResponseLatency(),
  integrationLatency: Field.contextIntegrationLatency(),
  integrationStatus: Field.contextIntegrationStatus(),
  integrationRequestId: '$context.integration.requestId',
  error: Field.contextErrorResponseType(),
  traceId: Field.contextXrayTraceId(),
};

/**
 * The fields that API Gateway has of the authorizer's invocation. It has none if the decision came from the
 * cache.
 */
const AUTHORIZER_FIELDS = {
  authorizerRequestId: '$context.authorizer.requestId',
  authorizerLatency: '$context.authorizer.latency',
  authorizerStatus: '$context.authorizer.status',
};

/** The access log format of the SCIM API, with the domain and the key from its authorizer. */
export const SCIM_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  ...AUTHORIZER_FIELDS,
  domainId: Field.contextAuthorizer('domainId'),
  keyId: Field.contextAuthorizer('keyId'),
});

/** The access log format of the license check API, whose callers are anonymous. */
export const LICENSE_ACCESS_LOG_FORMAT = JSON.stringify({ ...REQUEST_FIELDS, ...AUTHORIZER_FIELDS });

/** The access log format of the admin API, with the caller from its authorizer. */
export const ADMIN_ACCESS_LOG_FORMAT = JSON.stringify({
  ...REQUEST_FIELDS,
  ...AUTHORIZER_FIELDS,
  callerId: Field.contextAuthorizer('id'),
});
