import { createContext, useContext } from 'react';
import type { Config } from '../config';
import { t } from './messages';

const DeploymentContext = createContext<Config | undefined>(undefined);
export const DeploymentProvider = DeploymentContext;

function useDeployment(): Config {
  const config = useContext(DeploymentContext);
  if (!config) throw new Error('There is no DeploymentProvider.');
  return config;
}

export const useAdminApiUrl = (): string => useDeployment().adminApi;

export const useProductName = (): string => useDeployment().productName;

/** Returns the text that tells owners how to get SCIM if it is not available to their domain. */
export const useContactText = (): string => useDeployment().contactText ?? t('askOperatorServiceMakeScim');

/** Returns a function for URLs of the documentation; undefined if the documentation has no web address. */
export function useDocsUrl(): ((page: string) => string) | undefined {
  const { docsUrl } = useDeployment();
  return /^https?:/.test(docsUrl) ? (page) => `${docsUrl.replace(/\/$/, '')}/${page}` : undefined;
}
