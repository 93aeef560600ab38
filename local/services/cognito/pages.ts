import type { Account } from './accounts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 12vh auto; max-width: 26rem; padding: 0 1rem;
         color: #1b1f24; background: #f4f6f8; }
  h1 { font-size: 1.4rem; } ul { list-style: none; padding: 0; } li { margin: .5rem 0; }
  button { font: inherit; width: 100%; text-align: left; padding: .7rem 1rem; border: 1px solid #8a949e;
           border-radius: .5rem; background: #fff; color: inherit; cursor: pointer; }
  button:hover, button:focus-visible { border-color: #0b5cab; outline: 2px solid #0b5cab; }
  small { color: #57606a; display: block; }`;

/** Lists the accounts. There are no passwords, because only this machine can open the page. */
export function signInPage(action: string, accounts: readonly Account[]): string {
  const buttons = accounts.map(
    ({ id, email, name, roles }) => `
      <li><button name="account" value="${escaped(id)}">${escaped(name)} · ${escaped(email)}
        <small>${escaped(roles.join(', ') || 'no role')}</small></button></li>`,
  );
  return page(
    'Sign in',
    `<p>This issuer runs on this machine, so that you can try out the portal. Choose an account.</p>
    <form method="post" action="${escaped(action)}"><ul>${buttons.join('')}</ul></form>`,
  );
}

/** `form` is the form of the provider, which the button submits. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    `${form}<button autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}

export const signedOutPage = (): string => page('Signed out', '<p>You may close this page.</p>');

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main></body></html>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
