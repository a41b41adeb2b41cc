import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { mebibytes, sizesOf, workerSize } from "../../../components/swarm/sizing.ts";

const open = { workers: 0, workerCores: 0, workerMemory: "1536m" };

test("a machine with the memory gets three workers that share its cores", (t) => {
    t.deepEqual(workerSize(open, { cores: 8, memory: 24_000 }), { workers: 3, cores: 2, memory: 1536 });
});

test("a small machine gets fewer workers, but at least one", (t) => {
    t.is(workerSize(open, { cores: 2, memory: 12_000 }).workers, 2);
    t.deepEqual(workerSize(open, { cores: 2, memory: 4000 }), { workers: 1, cores: 2, memory: 1536 });
});

test("if there are more workers than cores, each has one core", (t) => {
    t.is(workerSize(open, { cores: 2, memory: 24_000 }).cores, 1);
});

test("sizes in the settings are used unchanged", (t) => {
    const asked = { workers: 5, workerCores: 3, workerMemory: "2g" };
    t.deepEqual(workerSize(asked, { cores: 1, memory: 1000 }), { workers: 5, cores: 3, memory: 2048 });
});

test("sizes are read in both units", (t) => {
    t.is(mebibytes("2g"), 2048);
    t.is(mebibytes("512m"), 512);
});

test("there are no more copies of a block than datanodes", (t) => {
    const asked = { ...open, workers: 3, driverMemory: "1g", datanodes: 2, replication: 3 };
    pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) });
    const resource = new pulumi.ComponentResource("test:a:Resource", "a");
    const sizes = sizesOf(asked, { cores: 2, memory: 24_000 }, resource);
    t.like(sizes, { datanodes: 2, replication: 2, driverMemory: 1024 });
});
