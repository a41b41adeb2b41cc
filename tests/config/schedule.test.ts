// The check of the settings uses a TypeScript library, and the scheduler a Python one: both have to agree on the times.
import { execFileSync } from "node:child_process";
import test from "ava";
import { Cron } from "croner";
import { CRON } from "../../config/schedule.ts";
import { venvCommand } from "../../provider/host/tools.ts";

const TIMES = 4;
const FROM = "2026-11-25T20:00:00Z";

/** The next times of each schedule, as jobs/schedule.py has them. */
const PYTHON = `
import json, sys
from datetime import datetime
sys.path.insert(0, "jobs")
from schedule import trigger
found = []
for cron in json.loads(sys.argv[1]):
    due, times, now = trigger(cron, "UTC"), [], datetime.fromisoformat("${FROM.replace("Z", "+00:00")}")
    for _ in range(${TIMES}):
        last = due.get_next_fire_time(times[-1] if times else None, now)
        times.append(last)
        now = last
    found.append([time.strftime("%Y-%m-%dT%H:%M") for time in times])
print(json.dumps(found))
`;

const SCHEDULES = [
    "0 3 * * *",
    "*/15 0-6,22 1 1-12/2 *",
    "0 3 29 2 *",
    "0 3 31 4-6 *",
    "0-59/5 * * * 0,6",
    "30 2 13 * 5",
    "0 0 * * 7",
    "5 4 */3 * *",
    "7 5 * 2 1-3",
];

test("the scheduler and the check of the settings agree on when a schedule comes", (t) => {
    t.deepEqual(
        SCHEDULES.filter((cron) => !CRON.pattern.test(cron)),
        [],
    );
    const found = execFileSync(venvCommand("python"), ["-c", PYTHON, JSON.stringify(SCHEDULES)]);
    const expected = SCHEDULES.map((cron) =>
        new Cron(cron, { mode: "5-part", timezone: "UTC" })
            .nextRuns(TIMES, new Date(FROM))
            .map((time) => time.toISOString().slice(0, 16)),
    );
    t.deepEqual(JSON.parse(found.toString()), expected);
});
