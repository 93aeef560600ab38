import { Teardown } from '../../../../local/host/processes/teardown';

describe('Teardown', () => {
  it('stops each part once, in the opposite order', async () => {
    const stopped: string[] = [];
    const teardown = new Teardown();
    for (const name of ['a', 'b', 'c']) teardown.add(name, () => void stopped.push(name));
    await Promise.all([teardown.run(), teardown.run()]);
    await teardown.run();
    expect(stopped).toEqual(['c', 'b', 'a']);
  });

  it('continues if a part does not stop', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    const stopped: string[] = [];
    const teardown = new Teardown();
    teardown.add('a', () => void stopped.push('a'));
    teardown.add('b', () => Promise.reject(new Error('stuck')));
    await teardown.run();
    expect(stopped).toEqual(['a']);
    expect(error).toHaveBeenCalledWith('Could not stop b: Error: stuck');
    error.mockRestore();
  });

  it('stops parts that are added while it runs', async () => {
    const stopped: string[] = [];
    const teardown = new Teardown();
    teardown.add('a', () => void stopped.push('a'));
    teardown.add('b', () => teardown.add('late', () => void stopped.push('late')));
    await teardown.run();
    expect(stopped).toEqual(['late', 'a']);
  });
});
