import { spawn } from "node:child_process";
import test from "ava";
import { identify, isAlive, stop } from "../../provider/host/process.ts";

test("a process is identified by its id and start time", async (t) => {
    const process_ = await sleeper();
    t.true(await isAlive(process_));
    t.false(await isAlive({ ...process_, began: "at another time" }));
    await stop(process_, 2000);
    t.false(await isAlive(process_));
    await stop(process_, 2000); // again: nothing to do, no error
    await t.throwsAsync(identify(process_.pid), { message: /is not running/ });
});

test("a process that ignores SIGTERM is killed with its children after the grace period", async (t) => {
    const process_ = await sleeper("trap '' TERM; sleep 60 & echo $!; while :; do sleep 1; done");
    const child = await identify(Number(process_.said.trim()));
    await stop(process_, 300);
    t.false(await isAlive(process_));
    t.false(await isAlive(child));
});

async function sleeper(script = "echo ready; exec sleep 60") {
    const child = spawn("sh", ["-c", script], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
    const said = await new Promise<string>((resolve) =>
        child.stdout.once("data", (data) => resolve(String(data))),
    );
    return { ...(await identify(child.pid as number)), said };
}
