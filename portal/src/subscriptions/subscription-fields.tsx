import { fieldError } from '../api/client/problem';
import { SelectField } from '../components/controls/select-field';
import { Switch } from '../components/controls/switch';
import { TextField } from '../components/controls/text-field';
import { EventTypesField } from './event-types-field';
import type { SubscriptionDraft } from './subscription-draft';
import { CONTENT_NAMES, hasEndpoint, hasSets } from './subscription-kinds';
import { t } from './messages';

/** The members of the body whose errors appear at their fields. */
export const FIELDS = ['name', 'endpoint', 'audience', 'authorization', 'types'];

interface SubscriptionFieldsProps {
  readonly draft: SubscriptionDraft;
  /**
   * The subscription exists, and its receiver gets a header `Authorization` or not. Undefined for a new one.
   */
  readonly hasAuthorization?: boolean;
  readonly error: unknown;
  readonly onChange: (changes: Partial<SubscriptionDraft>) => void;
}

/** The settings of a subscription, after its name and kind. */
export function SubscriptionFields({ draft, hasAuthorization, error, onChange }: SubscriptionFieldsProps) {
  const { kind } = draft;
  const isNew = hasAuthorization === undefined;
  return (
    <>
      {hasEndpoint(kind) && (
        <TextField
          name="endpoint"
          label={t('endpoint')}
          description={t('httpsUrlReceiverMustPublic')}
          type="url"
          value={draft.endpoint}
          onChange={(endpoint) => onChange({ endpoint })}
          isRequired
          autoComplete="off"
        />
      )}
      {hasSets(kind) && (
        <TextField
          name="audience"
          label={isNew ? t('audienceOptional') : t('audience')}
          description={t('claimAudEachTokenSuch')}
          placeholder={isNew ? t('uniqueToThisSubscription') : undefined}
          value={draft.audience}
          onChange={(audience) => onChange({ audience })}
          isRequired={!isNew}
          maxLength={500}
          autoComplete="off"
        />
      )}
      {kind === 'setPush' && (
        <AuthorizationFields draft={draft} hasAuthorization={hasAuthorization} onChange={onChange} />
      )}
      <EventTypesField
        kind={kind}
        value={draft.types}
        error={fieldError(error, 'types')}
        onChange={(types) => onChange({ types })}
      />
      <SelectField
        label={t('content')}
        description={t('dataContainsNamesAddressesChanges')}
        options={CONTENT_NAMES}
        value={draft.content}
        onChange={(content) => onChange({ content })}
      />
    </>
  );
}

type AuthorizationFieldsProps = Pick<SubscriptionFieldsProps, 'draft' | 'hasAuthorization' | 'onChange'>;

/** The header with which the receiver of security events recognizes the service. It is never shown again. */
function AuthorizationFields({ draft, hasAuthorization, onChange }: AuthorizationFieldsProps) {
  const { authorization, removesAuthorization } = draft;
  return (
    <>
      {hasAuthorization && (
        <Switch
          isSelected={removesAuthorization}
          onChange={(removes) => onChange({ removesAuthorization: removes, authorization: '' })}
        >
          {t('removeTheAuthorizationHeader')}
        </Switch>
      )}
      {!removesAuthorization && (
        <TextField
          name="authorization"
          label={hasAuthorization ? t('newAuthorizationOptional') : t('authorizationOptional')}
          description={
            hasAuthorization ? t('replacesValueHeaderEnterAgain') : t('valueHeaderAuthorizationEachRequest')
          }
          placeholder={t('bearer')}
          value={authorization}
          onChange={(value) => onChange({ authorization: value })}
          maxLength={2000}
          autoComplete="off"
        />
      )}
    </>
  );
}
