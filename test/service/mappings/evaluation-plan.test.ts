import { newId } from '../../../shared/id';
import { type EvaluatedState, planEvaluation } from '../../../shared/service/mappings/evaluation-plan';
import type { MappedLicense } from '../../../shared/store/licenses/license-mapping';

it('an evaluation ends a license that a clock that was ahead has changed', () => {
  const changeId = newId(new Date(Date.now() + 3_600_000));
  const state = {
    user: { id: 'u', attributes: { userName: 'ada@example.com', active: true } },
    license: { userId: 'u', status: 'active', changeId, activationId: changeId },
  } as unknown as EvaluatedState;
  const result = {
    license: false,
    userType: 'Basic User',
    userTypeCause: { kind: 'default' },
    organizations: [],
  };
  const mapped = { result } as unknown as MappedLicense;
  const plan = planEvaluation(state, mapped, { at: new Date(), keyGraceDays: 30 });
  expect(plan?.change).toMatchObject({ status: 'inactive', reason: 'deactivated' });
  expect((plan?.change?.changeId ?? '') > changeId).toBe(true);
});
