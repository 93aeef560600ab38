import { Notice } from '../components/display/notice';
import { useContactText } from '../session/deployment';

/** Says that the operator does not make SCIM available to the domain, and whom to contact. */
export function ScimUnavailableNotice() {
  const contactText = useContactText();
  return (
    <Notice tone="warning" title="SCIM is not available to this domain">
      <p>All requests from an identity provider are refused. Users keep their licenses.</p>
      <p>{contactText}</p>
    </Notice>
  );
}
