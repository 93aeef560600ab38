import { Icon } from './display/icon';

/** A link that the API gives into the documentation; where it is no web address, it says the place. */
export function DocsAnchor({ link }: { readonly link: string }) {
  if (!/^https?:/.test(link)) return <p className="subtle">More in {link}</p>;
  return (
    <a className="docs-link" href={link} target="_blank" rel="noreferrer">
      What it means and how to mend it
      <Icon name="external" />
      <span className="visually-hidden">(opens in a new tab)</span>
    </a>
  );
}
