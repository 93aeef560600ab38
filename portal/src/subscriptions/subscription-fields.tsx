import { fieldError } from '../api/problem';
import { SelectField } from '../components/controls/select-field';
import { Switch } from '../components/controls/switch';
import { TextField } from '../components/controls/text-field';
import { EventTypesField } from './event-types-field';
import type { SubscriptionDraft } from './subscription-draft';
import { CONTENT_NAMES, hasEndpoint, hasSets } from './subscription-kinds';

/** The members of the body whose errors appear at their fields. */
export const FIELDS = ['name', 'endpoint', 'audience', 'authorization', 'types'];

interface SubscriptionFieldsProps {
  readonly draft: SubscriptionDraft;
  /** The subscription exists, and its receiver gets a header `Authorization` or not. Undefined for a new one. */
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
          label="Endpoint"
          description="The https URL of the receiver. It must be on the public internet."
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
          label={isNew ? 'Audience (optional)' : 'Audience'}
          description="The claim “aud” of each token, such as the URL of the receiver. The receiver checks it."
          placeholder={isNew ? 'Unique to this subscription' : undefined}
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
        label="Content"
        description="The data contains names and addresses. Changes from before this choice come without it."
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
          Remove the authorization header
        </Switch>
      )}
      {!removesAuthorization && (
        <TextField
          name="authorization"
          label={hasAuthorization ? 'New authorization (optional)' : 'Authorization (optional)'}
          description={
            hasAuthorization
              ? 'Replaces the value of the header. Enter it again if you change the host of the endpoint.'
              : 'The value of the header “Authorization” of each request. It is not shown again.'
          }
          placeholder="Bearer …"
          value={authorization}
          onChange={(value) => onChange({ authorization: value })}
          maxLength={2000}
          autoComplete="off"
        />
      )}
    </>
  );
}
