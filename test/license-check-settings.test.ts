import { ENV } from '../shared/env';
import { readLicenseCheckCache } from '../shared/license-check-settings';

describe('the times for which answers may be cached', () => {
  afterEach(() => delete process.env[ENV.licenseCheckCache]);

  it('are read as the deployment set them', () => {
    process.env[ENV.licenseCheckCache] = '{"active":60,"other":5}';
    expect(readLicenseCheckCache()).toEqual({ active: 60, other: 5 });
  });

  it('are missed where they are not set', () => {
    expect(readLicenseCheckCache).toThrow('LICENSE_CHECK_CACHE is not set');
  });
});
