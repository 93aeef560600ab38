import { ApiProblem } from '../api/problem';
import { Notice } from '../components/display/notice';

/** Shows why a link or a code was refused. The general notice would tell readers to ask an owner or to go back. */
export function SetupProblem({ error }: { readonly error: unknown }) {
  const detail =
    error instanceof ApiProblem
      ? error.detail
      : 'Something went wrong on this page. Reload it, then try again.';
  return (
    <Notice tone="bad" title="That did not work" isAlert>
      <p>{detail}</p>
    </Notice>
  );
}
