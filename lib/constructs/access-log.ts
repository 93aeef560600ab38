import { AccessLogField as Field } from 'aws-cdk-lib/aws-apigateway';

/** One JSON line for each request: who asked for what and how it ended. No headers, query strings or bodies. */
export const ACCESS_LOG = JSON.stringify({
  requestId: Field.contextRequestId(),
  time: Field.contextRequestTime(),
  method: Field.contextHttpMethod(),
  path: Field.contextPath(),
  resource: Field.contextResourcePath(),
  status: Field.contextStatus(),
  domainId: Field.contextAuthorizer('domainId'),
  keyId: Field.contextAuthorizer('keyId'),
  sourceIp: Field.contextIdentitySourceIp(),
  userAgent: Field.contextIdentityUserAgent(),
  responseLength: Field.contextResponseLength(),
  responseLatency: Field.contextResponseLatency(),
  integrationLatency: Field.contextIntegrationLatency(),
  integrationStatus: Field.contextIntegrationStatus(),
  error: Field.contextErrorResponseType(),
});
