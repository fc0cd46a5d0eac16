// A Bolt app that sends back what it hears and keeps nothing, until it is
// killed: what the bot is measured against.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const env = process.env;
const { App, LogLevel } = createRequire(join(env.WAYMARK_TEST_NODE, 'package.json'))('@slack/bolt');
const app = new App({
  token: env.SLACK_BOT_TOKEN, appToken: env.SLACK_APP_TOKEN, socketMode: true,
  clientOptions: { slackApiUrl: env.WAYMARK_URL + 'api/' }, logLevel: LogLevel.ERROR,
});
app.message(async ({ message, say }) => {
  if (!message.subtype) await say(message.text);
});
await app.start();
