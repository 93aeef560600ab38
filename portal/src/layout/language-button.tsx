import { Button } from 'react-aria-components';
import { chooseLanguage, language, LANGUAGES } from '../i18n/language';

const other = language === 'de' ? 'en' : 'de';

/** Switches to the other language, on pages without an account menu. */
export function LanguageButton() {
  return (
    <Button className="button button-quiet" lang={other} onPress={() => chooseLanguage(other)}>
      {LANGUAGES[other]}
    </Button>
  );
}
