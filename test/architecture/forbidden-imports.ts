/** Imports that lint must refuse: the importing file, and what it imports. The files need not exist. */
export const FORBIDDEN_IMPORTS: readonly (readonly [from: string, to: string])[] = [
  // The protocol is pure.
  ['shared/scim/probe.ts', 'node:crypto'],
  ['shared/scim/probe.ts', 'crypto'],
  ['shared/scim/filter/probe.ts', 'node:util'],
  ['shared/scim/patch/probe.ts', 'uuid'],
  ['shared/scim/input/probe.ts', 'zod/mini'],
  ['shared/scim/probe.ts', '@aws-sdk/client-dynamodb'],
  ['shared/scim/probe.ts', 'shared/id.ts'],
  ['shared/scim/probe.ts', 'shared/env.ts'],
  ['shared/scim/output/probe.ts', 'shared/store/table/keys.ts'],
  ['shared/scim/schemas/probe.ts', 'shared/mail/address.ts'],
  // Stores know neither services nor HTTP, and only the table folder knows DynamoDB's SDK.
  ['shared/store/users/probe.ts', 'shared/service/users/users.ts'],
  ['shared/store/groups/probe.ts', 'shared/http/chain/request.ts'],
  ['shared/store/table/probe.ts', '@middy/core'],
  ['shared/store/users/probe.ts', '@aws-sdk/lib-dynamodb'],
  ['shared/store/mail/probe.ts', '@aws-sdk/client-dynamodb'],
  ['shared/store/limits/probe.ts', 'shared/store/mail/mail-store.ts'],
  ['shared/store/table/probe.ts', 'shared/store/users/user-store.ts'],
  // Emails are sent without services and HTTP.
  ['shared/mail/delivery/probe.ts', 'shared/service/domains/domain-admin.ts'],
  ['shared/mail/content/probe.ts', 'shared/http/chain/request.ts'],
  ['shared/mail/content/probe.ts', '@aws-sdk/client-ses'],
  // Services know neither HTTP nor the SDK.
  ['shared/service/users/probe.ts', 'shared/http/chain/request.ts'],
  ['shared/service/groups/probe.ts', '@middy/core'],
  ['shared/service/mail/probe.ts', '@aws-sdk/client-sqs'],
  ['shared/service/domains/probe.ts', '@aws-sdk/client-api-gateway'],
  ['shared/service/admin/probe.ts', 'shared/store/table/table.ts'],
  // HTTP calls services, and never the SDK.
  ['shared/http/routes/probe.ts', '@aws-sdk/client-dynamodb'],
  ['shared/http/admin/routes/probe.ts', '@aws-sdk/client-sqs'],
  ['shared/http/bulk/probe.ts', 'shared/store/users/user-store.ts'],
  ['shared/http/routes/probe.ts', 'shared/http/admin/paging.ts'],
  ['shared/http/chain/probe.ts', 'lambdas/users.ts'],
  ['shared/gateway/probe.ts', 'shared/store/domains/domain-store.ts'],
  // A function is deployed without the rest of the repository.
  ['lambdas/probe.ts', 'lib/config.ts'],
  ['lambdas/probe.ts', 'local/main.ts'],
  ['lambdas/probe.ts', 'bin/app.ts'],
  ['lambdas/probe.ts', '@aws-sdk/client-dynamodb'],
  // Deployment reads names and settings, and runs no code of the service.
  ['lib/constructs/probe.ts', 'local/main.ts'],
  ['lib/stacks/probe.ts', 'bin/app.ts'],
  ['lib/constructs/probe.ts', 'lambdas/users.ts'],
  ['lib/constructs/probe.ts', 'shared/http/chain/request.ts'],
  ['lib/constructs/probe.ts', 'shared/service/users/users.ts'],
  // The local cloud runs bundles, and does not import their code.
  ['local/probe.ts', 'lambdas/users.ts'],
  ['local/probe.ts', 'shared/http/chain/request.ts'],
  ['local/probe.ts', 'lib/config.ts'],
  ['local/probe.ts', '@aws-sdk/client-dynamodb'],
  ['local/cloud/probe.ts', 'local/services/ses/ses.ts'],
  ['local/services/ses/probe.ts', 'local/product/system.ts'],
  ['local/host/probe.ts', 'local/cloud/service.ts'],
  // The portal and the CLI know the service through the admin API.
  ['portal/src/probe.ts', 'shared/env.ts'],
  ['portal/src/users/probe.tsx', 'lib/config.ts'],
  ['portal/src/api/probe.ts', 'lambdas/admin.ts'],
  ['bin/cli/commands/probe.ts', 'shared/store/users/user-store.ts'],
  ['bin/cli/probe.ts', 'lib/config.ts'],
  ['bin/doctor/probe.ts', '@aws-sdk/client-ssm'],
  ['collection/probe.ts', 'shared/env.ts'],
  ['bench/probe.ts', 'lib/config.ts'],
];

/** Imports that lint must accept, so that a refusal shows more than a tool that refuses everything. */
export const ALLOWED_IMPORTS: typeof FORBIDDEN_IMPORTS = [
  ['shared/scim/patch/probe.ts', 'shared/scim/filter/parse.ts'],
  ['shared/store/users/probe.ts', 'shared/store/table/keys.ts'],
  ['shared/store/table/probe.ts', '@aws-sdk/client-dynamodb'],
  ['shared/service/users/probe.ts', 'shared/store/users/user-store.ts'],
  ['shared/http/routes/probe.ts', 'shared/service/resources/caller.ts'],
  ['shared/http/chain/probe.ts', '@middy/core'],
  ['lambdas/probe.ts', 'shared/http/chain/scim-handler.ts'],
  ['lib/constructs/probe.ts', 'shared/env.ts'],
  ['lib/constructs/probe.ts', 'aws-cdk-lib/aws-lambda'],
  ['portal/src/users/probe.tsx', 'portal/src/api/users.ts'],
  ['bin/cli/probe.ts', 'portal/src/api/operation.ts'],
  ['local/probe.ts', 'node:http'],
];
