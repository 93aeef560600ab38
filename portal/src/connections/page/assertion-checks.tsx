import type { AssertionCheck, AssertionTest } from '../../api/schema';
import { Icon, type IconName } from '../../components/display/icon';
import { Notice } from '../../components/display/notice';
import { checkTitle } from '../../format/titles/check-names';
import { ServiceText } from '../../components/display/service-text';
import { t } from '../messages';

/** Shows the result of a test of an assertion: a line for each check, in the order in which they run. */
export function AssertionChecks({ test: { accepted, checks } }: { readonly test: AssertionTest }) {
  return (
    <div className="checks-result" role="status">
      {accepted ? (
        <Notice tone="good" title={t('theAssertionPassesAllChecks')}>
          <p>{t('tokenUrlIdentityProviderGets')}</p>
        </Notice>
      ) : (
        <Notice tone="bad" title={t('theAssertionWouldBeRefused')}>
          <p>{t('correctValuesTrustConfigurationIdentity')}</p>
        </Notice>
      )}
      <ul className="checks">
        {checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
    </div>
  );
}

const RESULTS: Readonly<
  Record<AssertionCheck['result'], { readonly text: string; readonly icon: IconName }>
> = {
  passed: { text: t('passed'), icon: 'success' },
  failed: { text: t('failed'), icon: 'error' },
  'not-checked': { text: t('notChecked'), icon: 'dash' },
};

function Check({ check: { name, result, detail } }: { readonly check: AssertionCheck }) {
  const { text, icon } = RESULTS[result];
  return (
    <li className={`check check-${result}`}>
      <Icon name={icon} />
      <div className="check-text">
        <p>
          <span className="check-name">{checkTitle(name)}</span> <span className="check-result">{text}</span>
        </p>
        <p className="subtle">
          <ServiceText>{detail}</ServiceText>
        </p>
      </div>
    </li>
  );
}
