"""What the emulator does otherwise than S3 and is put right here; read by Python before the emulator starts.

- It computes CRC-64/NVME in Python, some 8 MB a second: awscrt does.
- It does not say who asks for heads of objects by links: here it does, for those who count.
- It keeps AWS's metrics of functions for itself, and counts an invocation that it throttles as one that failed: here
  it says which invocation failed and which was throttled, one line each: "Using CloudWatch metrics with Lambda".
- It drops an order for which no instance is free. Lambda keeps it up to its greatest age, and drops only that of a
  function whose reserved concurrency is 0: "How Lambda handles errors and retries with asynchronous invocation".
- It takes every path of a registry for its own (ECR), on whichever host. AWS's HTTP APIs have such paths too.
- It knows composite checksums of multipart uploads alone. S3 takes the CRC-64/NVME of the whole object (type
  FULL_OBJECT) too, and makes no object of another: Amazon S3 API reference, CompleteMultipartUpload.
"""

import contextvars
import time

from awscrt import checksums
from ministack import app
from ministack.services import lambda_svc, s3

s3._crc64nvme = checksums.crc64nvme
complete = s3._complete_multipart_upload


def whole_object_checked(bucket_name, key, body, query_params, headers):
    told = dict(headers or {})
    if told.get("x-amz-checksum-type") != "FULL_OBJECT":
        return complete(bucket_name, key, body, query_params, headers)
    expected = told.pop("x-amz-checksum-crc64nvme", None)
    upload = s3._multipart_uploads.get(s3._qp(query_params, "uploadId"))
    if expected and upload:
        parts = upload["parts"]
        whole = b"".join(parts[number]["body"] for number in sorted(parts))
        if s3._compute_s3_checksum("CRC64NVME", whole) != expected:
            return s3._error("BadDigest", "The CRC64NVME you specified did not match the calculated checksum.", 400)
    return complete(bucket_name, key, body, query_params, told)


s3._complete_multipart_upload = whole_object_checked

def told(name, operation):
    def telling(*arguments, **named):
        print(f"S3:{name}", flush=True)
        return operation(*arguments, **named)

    return telling


s3._head_object = told("HeadObject", s3._head_object)
s3._get_object = told("GetObject", s3._get_object)


def tell(metric, config):
    now = int(time.time() * 1000)
    print(f"Metric AWS/Lambda {metric} FunctionName {config['FunctionName']} {now} 1", flush=True)


acquire = lambda_svc._acquire_execution_slot
dispatch = lambda_svc._execute_function_dispatch


def acquire_told(func, config):
    slot, limit = acquire(func, config)
    if slot is None:
        tell("Throttles", config)
    return slot, limit


def dispatch_told(func, config, *more):
    result = dispatch(func, config, *more)
    if result.get("throttle"):
        tell("Throttles", config)
    elif result.get("error"):
        tell("Errors", config)
    return result


lambda_svc._acquire_execution_slot = acquire_told
lambda_svc._execute_function_dispatch = dispatch_told

execute = lambda_svc._execute_function
invoke_async = lambda_svc.invoke_async_with_retry
greatest_age = contextvars.ContextVar("greatest age of the order that is carried out", default=0)


def execute_once_free(func, event):
    end = time.monotonic() + greatest_age.get()
    result = execute(func, event)
    while result.get("throttle") and func.get("concurrency") != 0 and time.monotonic() < end:
        time.sleep(0.5)
        result = execute(func, event)
    return result


def invoke_async_kept(func, event):
    settings = func.get("event_invoke_config") or (func.get("event_invoke_configs") or {}).get("$LATEST") or {}
    before = greatest_age.set(int(settings.get("MaximumEventAgeInSeconds", 21600)))
    try:
        invoke_async(func, event)
    finally:
        greatest_age.reset(before)


lambda_svc._execute_function = execute_once_free
lambda_svc.invoke_async_with_retry = invoke_async_kept

registry = app._handle_ecr_registry_request


async def registry_of_its_own(method, path, headers, body, query_params):
    is_api = ".execute-api." in headers.get("host", "")
    return None if is_api else await registry(method, path, headers, body, query_params)


app._handle_ecr_registry_request = registry_of_its_own
