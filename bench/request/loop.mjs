/**
 * Runs a handler with one event after another, and prints the CPU milliseconds for one. `argv`: the URL of
 * the module, the event, the number of events before the measurement, and the number of measured ones.
 */
const [, , url, event, warmUps, measured] = process.argv;
const { handler } = await import(url);
const context = {
  functionName: 'bench',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
  getRemainingTimeInMillis: () => 20_000,
};
// The function writes its log as it does in Lambda. Nobody reads it here.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;

let wrong;
await repeat(Number(warmUps));
const before = process.cpuUsage();
await repeat(Number(measured));
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1_000 / Number(measured);
write(`${JSON.stringify({ cpuMs, wrong })}\n`, () => process.exit(0));

async function repeat(times) {
  for (let at = 0; at < times; at++) {
    const request = JSON.parse(event);
    request.requestContext.requestTimeEpoch = Date.now();
    const result = await handler(request, { ...context, awsRequestId: `bench-${at}` });
    if (result.statusCode !== 200) wrong ??= JSON.stringify(result);
    JSON.stringify(result);
  }
}
