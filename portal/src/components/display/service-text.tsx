import { visible } from '../../format/visible';

/**
 * A text of the service, which is in English in each language of the page. Screen readers read it in English.
 */
export function ServiceText({ children }: { readonly children: string }) {
  return <span lang="en">{visible(children)}</span>;
}
