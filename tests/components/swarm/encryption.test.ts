import test from "ava";
import { encryptionProblem } from "../../../components/swarm/encryption.ts";
import { fakeProgram } from "./fakePrograms.ts";

const HERE = "unix:///var/run/docker.sock";

test.serial("a kernel that refuses the key cannot encrypt, and its reason is told", (t) => {
    fakeProgram(t, "unshare", "echo 'Error: Requested AEAD algorithm not found.' >&2; exit 2");
    t.is(encryptionProblem(HERE), "Requested AEAD algorithm not found.");
});

test.serial("a kernel that takes the key can, and so may one that cannot be asked", (t) => {
    fakeProgram(t, "unshare", "exit 0");
    t.is(encryptionProblem(HERE), undefined);
    fakeProgram(t, "unshare", "echo 'unshare: unshare failed: Operation not permitted' >&2; exit 1");
    t.is(encryptionProblem(HERE), undefined);
    fakeProgram(t, "unshare", "exit 127");
    t.is(encryptionProblem(HERE), undefined);
});

test.serial("the kernel of an engine elsewhere is not this one", (t) => {
    fakeProgram(t, "unshare", "echo 'Error: no' >&2; exit 2");
    t.is(encryptionProblem("ssh://someone@elsewhere"), undefined);
});
