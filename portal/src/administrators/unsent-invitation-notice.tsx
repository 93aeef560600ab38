import type { Invitation } from '../api/schema';
import { CopyField } from '../components/controls/copy-field';
import { Notice } from '../components/display/notice';

/** Says what to do if an invitation could not be emailed. */
export function UnsentInvitationNotice({ invitation }: { readonly invitation: Invitation | undefined }) {
  if (invitation?.mailProblem === undefined) return null;
  return (
    <Notice tone="warning" title="The invitation was not emailed">
      <p>
        {invitation.mailProblem} The invitation is valid. Send {invitation.email} the address of the portal
        yourself.
      </p>
      <CopyField label="Portal" noun="address" value={`${window.location.origin}/`} />
    </Notice>
  );
}
