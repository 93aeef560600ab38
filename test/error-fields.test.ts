import { errorFields } from '../shared/error-fields';

it('names the error, and no address in it', () => {
  expect(errorFields(new TypeError('jane.doe@example.com is on the list'))).toEqual({
    errorName: 'TypeError',
    errorMessage: '***@example.com is on the list',
  });
});

it('takes anything that was thrown', () => {
  expect(errorFields('out of luck')).toEqual({ errorName: 'Error', errorMessage: 'out of luck' });
});
