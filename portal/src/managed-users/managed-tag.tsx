import type { User } from '../api/schema';
import { Tag } from '../components/display/tag';
import { t } from './messages';

/** Marks a user whom administrators manage manually. */
export function ManagedTag({ user }: { readonly user: User }) {
  return user.managedBy === 'administrator' ? <Tag tone="neutral">{t('managedManually')}</Tag> : null;
}
