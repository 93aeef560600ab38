import { parseFilter } from '../../../shared/scim/filter/parse';
import { planFilter, type LookupPlan } from '../../../shared/scim/filter/plan';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { userResourceType } from '../../../shared/product/product';

export const userPlan = (text: string): LookupPlan => planFilter(parseFilter(text), userResourceType);
export const groupPlan = (text: string): LookupPlan => planFilter(parseFilter(text), groupResourceType);

export const scan = { kind: 'scan' };
export const nothing = { kind: 'nothing' };
export const ids = (...values: string[]) => ({ kind: 'ids', ids: values });
export const name = (value: string) => ({ kind: 'name', name: value });
export const externalId = (value: string) => ({ kind: 'externalId', externalId: value });
export const address = (value: string) => ({ kind: 'address', address: value });
export const member = (userId: string) => ({ kind: 'member', userId });
export const memberOf = (groupId: string) => ({ kind: 'group', groupId });
export const union = (...plans: unknown[]) => ({ kind: 'union', plans });
