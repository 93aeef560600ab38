import { useDocsUrl } from '../../session/deployment';
import { Icon } from './icon';

/** A link that the API gives into the documentation; where it is no web address, it says the place. */
export function FindingDocsLink({ link }: { readonly link: string }) {
  if (!/^https?:/.test(link)) return <p className="subtle">More in {link}</p>;
  return (
    <a className="docs-link" href={link} target="_blank" rel="noreferrer">
      What it means and how to mend it
      <Icon name="external" />
      <span className="visually-hidden">(opens in a new tab)</span>
    </a>
  );
}

/** A link into the documentation, which opens beside the portal; nothing where the deployment has none on the web. */
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
