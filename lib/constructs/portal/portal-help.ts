import type { ProductSettings } from '../../../shared/scim/schemas/product-user';
import type { Config } from '../../config';

/** The values of the deployment on the help pages. `portal/src/help/help-settings.ts` reads it. */
export interface PortalHelp extends Pick<
  Config,
  'ratePlans' | 'keyGraceDays' | 'setupLinkDays' | 'accessTokenMinutes'
> {
  /** Whether the help pages can be read without signing in. */
  readonly public: boolean;
  readonly scimBaseUrl: string;
  readonly licenseCheckUrl: string;
  readonly userTypes: Pick<ProductSettings['userTypes'], 'names' | 'default'>;
  readonly userExtension: Pick<ProductSettings['userExtension'], 'schema' | 'userTypeAttribute'>;
}

/** Returns what the help pages say about a deployment with these settings and URLs. */
export function portalHelp(
  { publicHelp, product, ratePlans, keyGraceDays, setupLinkDays, accessTokenMinutes }: Config,
  urls: Pick<PortalHelp, 'scimBaseUrl' | 'licenseCheckUrl'>,
): PortalHelp {
  const { userTypes, userExtension } = product;
  return {
    public: publicHelp,
    ...urls,
    userTypes: { names: userTypes.names, default: userTypes.default },
    userExtension: {
      schema: userExtension.schema,
      userTypeAttribute: userExtension.userTypeAttribute,
    },
    ratePlans,
    keyGraceDays,
    setupLinkDays,
    accessTokenMinutes,
  };
}
