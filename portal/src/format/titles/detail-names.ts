import { toSentenceCase } from '../labels';
import { t } from './messages';

const NAMES: Readonly<Record<string, string>> = {
  userId: t('detail.userId'),
  userName: t('detail.userName'),
  address: t('detail.address'),
  at: t('detail.at'),
  reason: t('detail.reason'),
  detail: t('detail.detail'),
  resourceType: t('detail.resourceType'),
  resourceId: t('detail.resourceId'),
  otherId: t('detail.otherId'),
  name: t('detail.name'),
  attribute: t('detail.attribute'),
  suggestion: t('detail.suggestion'),
  userAgent: t('detail.userAgent'),
  connection: t('detail.connection'),
  connectionId: t('detail.connectionId'),
  lastAt: t('detail.lastAt'),
  keyId: t('detail.keyId'),
  credentialId: t('detail.credentialId'),
  type: t('detail.type'),
  createdAt: t('detail.createdAt'),
  expireTime: t('detail.expireTime'),
  lastUsedAt: t('detail.lastUsedAt'),
  hour: t('detail.hour'),
  minute: t('detail.minute'),
  sent: t('detail.sent'),
  postponed: t('detail.postponed'),
  requests: t('detail.requests'),
  mostInTenSeconds: t('detail.mostInTenSeconds'),
  status: t('detail.status'),
  request: t('detail.request'),
  scimType: t('detail.scimType'),
  leftOut: t('detail.leftOut'),
  example: t('detail.example'),
};

/** Returns the title of a property in the details of a finding. An unknown name becomes the title itself. */
export const detailTitle = (name: string): string => NAMES[name] ?? toSentenceCase(name);
