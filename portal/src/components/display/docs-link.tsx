import { useDocsUrl } from '../../session/deployment';
import { Icon } from './icon';

/** A link of a finding into the documentation. If it is not a web address, it is shown as text. */
export function FindingDocsLink({ link }: { readonly link: string }) {
  if (!/^https?:/.test(link)) return <p className="subtle">See {link}</p>;
  return (
    <a className="docs-link" href={link} target="_blank" rel="noreferrer">
      What it means and how to fix it
      <Icon name="external" />
      <span className="visually-hidden">(opens in a new tab)</span>
    </a>
  );
}

/** A link into the documentation, in a new tab. Renders nothing if the documentation has no web address. */
export function DocsLink({ page, children }: { readonly page: string; readonly children: string }) {
  const urlOf = useDocsUrl();
  if (!urlOf) return null;
  return (
    <p className="docs-link">
      <a href={urlOf(page)} target="_blank" rel="noreferrer">
        {children}
        <Icon name="external" />
        <span className="visually-hidden">(opens in a new tab)</span>
      </a>
    </p>
  );
}
