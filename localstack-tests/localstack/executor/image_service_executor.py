"""Runs LocalStack's functions as child processes, without a container engine, each with a Runtime API of its own: those
of Java, and those that bring a runtime of their own along.

EXECUTOR_JAVA names the program java, EXECUTOR_RIC the folder with the jars of Lambda's runtime interface client.
"""
import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import InvocationResult
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.lambda_.invocation.runtime_executor import RuntimeExecutor

API = "/2018-06-01/runtime/"
CLIENT = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
START_SECONDS = 60


class RuntimeApi(BaseHTTPRequestHandler):
    """What the runtime interface client talks to; `function` is set by a subclass for each environment."""

    protocol_version = "HTTP/1.1"
    function = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path != API + "invocation/next":
            return self.reply(404)
        self.function.ready.set()
        event = self.function.events.get()
        if event is None:
            return self.reply(410)
        end = time.time() + self.function.function_version.config.timeout
        return self.reply(200, event["payload"].encode(), {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": event["invoke-id"],
            "Lambda-Runtime-Deadline-Ms": str(int(end * 1000)),
            "Lambda-Runtime-Invoked-Function-Arn": event["invoked-function-arn"],
            "Lambda-Runtime-Trace-Id": event.get("trace-id") or ""})

    def do_POST(self):
        body = self.body()
        if self.path == API + "init/error":
            self.function.start_error = body
            self.function.ready.set()
        else:
            self.function.answers.put((body, self.path.endswith("/error")))
        self.reply(202)

    def body(self):
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = b""
        while (size := int(self.rfile.readline().split(b";")[0], 16)) > 0:
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def reply(self, status, body=b"{}", headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class ProcessExecutor(RuntimeExecutor):
    def __init__(self, id, function_version):
        super().__init__(id, function_version)
        self.events, self.answers, self.ready = queue.Queue(), queue.Queue(), threading.Event()
        self.process = self.server = self.start_error = None
        self.log = tempfile.NamedTemporaryFile(prefix="function-", suffix=".log")

    def start(self, env_vars):
        settings = self.function_version.config
        command = self.command(settings)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Api", (RuntimeApi,), {"function": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        root = str(settings.code.get_unzipped_code_location())
        own = {"LAMBDA_TASK_ROOT": root, "_HANDLER": settings.handler, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_address[1]}"}
        self.process = subprocess.Popen(
            command, cwd=root, env={"PATH": os.environ["PATH"], **{k: str(v) for k, v in env_vars.items()}, **own},
            stdout=self.log, stderr=subprocess.STDOUT)
        end = time.time() + START_SECONDS
        while not self.ready.wait(0.05):
            if self.process.poll() is not None or time.time() > end:
                self.start_error = json.dumps({"errorType": "Runtime.ExitError", "errorMessage": self.get_logs()}).encode()
                break
        if self.start_error:
            raise StatusErrorException("the function does not start", payload=self.start_error)

    @staticmethod
    def command(settings):
        runtime = settings.runtime or "an image"
        if runtime.startswith("java"):
            root = str(settings.code.get_unzipped_code_location())
            return [os.environ["EXECUTOR_JAVA"], f"-Xmx{settings.memory_size * 4 // 5}m", "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                    "-cp", os.pathsep.join([root, f"{root}/lib/*", f"{os.environ['EXECUTOR_RIC']}/*"]), CLIENT, settings.handler]
        if runtime.startswith("provided"):
            return [f"{settings.code.get_unzipped_code_location()}/bootstrap"]
        raise ValueError(f"runs Java and what brings its own runtime, not {runtime}")

    def stop(self):
        self.events.put(None)
        if self.process:
            self.process.kill()
            self.process.wait()
        if self.server:
            self.server.shutdown()
            self.server.server_close()

    def invoke(self, payload):
        self.events.put(payload)
        end = time.time() + self.function_version.config.timeout
        while True:
            try:
                body, is_error = self.answers.get(timeout=0.1)
                break
            except queue.Empty:
                if self.process.poll() is not None or time.time() > end:
                    body, is_error = b'{"errorType":"Sandbox.Timedout","errorMessage":"ended, or took too long"}', True
                    break
        return InvocationResult(payload["invoke-id"], body, is_error=is_error, logs=self.get_logs())

    def get_address(self):
        return "127.0.0.1"

    def get_endpoint_from_executor(self):
        return "127.0.0.1"

    def get_runtime_endpoint(self):
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}/_localstack_lambda/{self.id}"

    def get_logs(self):
        with open(self.log.name, "rb") as log:
            return log.read().decode(errors="replace")

    @classmethod
    def prepare_version(cls, function_version):
        if function_version.config.code:
            function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version):
        pass


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    name = "process"

    def load(self, *args, **kwargs):
        return ProcessExecutor
