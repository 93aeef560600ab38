import { DEFAULT_RATE_PLANS, ratePlansVariable, readRatePlans } from '../../shared/limits/rate-plan';

const before = process.env.RATE_PLANS;
afterEach(() => {
  process.env.RATE_PLANS = before;
  if (before === undefined) delete process.env.RATE_PLANS;
});

it('the default plans need no variable, and others are read from it', () => {
  expect(ratePlansVariable(DEFAULT_RATE_PLANS)).toEqual({});
  delete process.env.RATE_PLANS;
  expect(readRatePlans()).toEqual(DEFAULT_RATE_PLANS);
  const plans = { ...DEFAULT_RATE_PLANS, standard: null };
  Object.assign(process.env, ratePlansVariable(plans));
  expect(readRatePlans()).toEqual(plans);
});
