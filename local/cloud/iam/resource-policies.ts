import * as z from 'zod';
import { ACCOUNT, PARTITION } from '../template/account';
import { readProperties } from '../template/properties';
import { ofType, type Resource } from '../template/resources';
import { decide, type Decision } from './decision';
import type { Permission } from './permission';
import { type CompiledStatement, compilePolicy } from './statement';

const Document = z.object({ PolicyDocument: z.unknown() });
const TopicPolicy = Document.extend({ Topics: z.array(z.string()) });
const QueuePolicy = Document.extend({ Queues: z.array(z.string()) });
const BucketPolicy = Document.extend({ Bucket: z.string() });
const SecretPolicy = z.object({ SecretId: z.string(), ResourcePolicy: z.unknown() });
const KeyPolicy = z.object({ KeyPolicy: z.unknown() });
const FunctionPermission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

/**
 * Returns the ARN of a function, version, or alias. A policy on a function says nothing about its aliases.
 */
function functionArnOf(id: string, arnOf: (ref: string) => string): string {
  if (id.startsWith('arn:')) return arnOf(id);
  const [name = '', ...qualifier] = id.split(':');
  return [arnOf(name), ...qualifier].join(':');
}

/** Sends a request: a session of a role, or a service of AWS. */
export type Principal =
  { readonly roleArn: string; readonly sessionArn: string } | { readonly service: string };

/** The policies of the template that belong to resources, by the ARN of the resource. */
export class ResourcePolicies {
  private readonly byArn = new Map<string, CompiledStatement[]>();

  constructor(resources: readonly Resource[]) {
    const arnOf = (ref: string) =>
      resources.find((each) => each.ref === ref)?.attributes.Arn ??
      resources.find((each) => each.attributes.Arn === ref)?.attributes.Arn ??
      ref;
    for (const each of ofType(resources, 'AWS::SNS::TopicPolicy')) {
      const { Topics, PolicyDocument } = readProperties(TopicPolicy, each);
      for (const topic of Topics) this.add(topic, each.ref, PolicyDocument);
    }
    for (const each of ofType(resources, 'AWS::SQS::QueuePolicy')) {
      const { Queues, PolicyDocument } = readProperties(QueuePolicy, each);
      for (const queue of Queues) this.add(arnOf(queue), each.ref, PolicyDocument);
    }
    for (const each of ofType(resources, 'AWS::S3::BucketPolicy')) {
      const { Bucket, PolicyDocument } = readProperties(BucketPolicy, each);
      this.add(arnOf(Bucket), each.ref, PolicyDocument);
    }
    for (const each of ofType(resources, 'AWS::SecretsManager::ResourcePolicy')) {
      const { SecretId, ResourcePolicy } = readProperties(SecretPolicy, each);
      this.add(SecretId, each.ref, ResourcePolicy);
    }
    for (const each of ofType(resources, 'AWS::KMS::Key')) {
      this.add(each.attributes.Arn ?? '', each.ref, readProperties(KeyPolicy, each).KeyPolicy);
    }
    for (const each of ofType(resources, 'AWS::Lambda::Permission')) {
      const properties = readProperties(FunctionPermission, each);
      const functionArn = functionArnOf(properties.FunctionName, arnOf);
      this.add(functionArn, each.ref, invocationPolicy(functionArn, properties));
    }
  }

  /** Decides by the policy of a resource. `policyOf` names another resource whose policy applies. */
  decide(principal: Principal, permission: Permission, policyOf = permission.resource): Decision {
    const statements = this.byArn.get(policyOf) ?? [];
    return decide(
      statements.filter(({ source }) => concerns(source.Principal, principal, source.Effect)),
      permission,
    );
  }

  /**
   * Returns whether the policy of a resource leaves the decision to the policies of the roles of the account.
   */
  delegates(permission: Permission): boolean {
    const statements = this.byArn.get(permission.resource) ?? [];
    return (
      decide(
        statements.filter(({ source }) => namesAccount(source.Principal)),
        permission,
      ) === 'allow'
    );
  }

  private add(arn: string, name: string, document: unknown): void {
    const statements = this.byArn.get(arn) ?? [];
    this.byArn.set(arn, [...statements, ...compilePolicy(name, document)]);
  }
}

type StatementPrincipal = CompiledStatement['source']['Principal'];

const ACCOUNT_NAMES = [ACCOUNT, `arn:${PARTITION}:iam::${ACCOUNT}:root`];

const namesAccount = (stated: StatementPrincipal): boolean =>
  typeof stated === 'object' && (stated.AWS ?? []).some((one) => ACCOUNT_NAMES.includes(one));

/**
 * Returns whether a statement is about a principal. A statement that allows the account's root leaves the
 * decision to the policies of the roles.
 */
function concerns(stated: StatementPrincipal, principal: Principal, effect: 'Allow' | 'Deny'): boolean {
  if (stated === undefined || stated === '*') return stated === '*';
  if ('service' in principal) {
    // "AWS": "*" is everybody, services too.
    return (stated.Service ?? []).includes(principal.service) || (stated.AWS ?? []).includes('*');
  }
  return (stated.AWS ?? []).some(
    (one) =>
      one === '*' ||
      one === principal.roleArn ||
      one === principal.sessionArn ||
      (effect === 'Deny' && ACCOUNT_NAMES.includes(one)),
  );
}

/** Returns the policy that `lambda:AddPermission` writes. */
function invocationPolicy(functionArn: string, permission: z.output<typeof FunctionPermission>): object {
  const { Action, Principal: principal, SourceArn, SourceAccount } = permission;
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal:
        principal === '*' ? '*' : principal.includes('.') ? { Service: principal } : { AWS: principal },
      Action,
      Resource: functionArn,
      Condition: {
        ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
        ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
      },
    },
  };
}
