"""What the emulator does otherwise than S3 and is put right here; read by Python before the emulator starts.

- It computes CRC-64/NVME in Python, some 8 MB a second: awscrt does.
- It does not say who asks for heads of objects by links: here it does, for those who count.
- It knows composite checksums of multipart uploads alone. S3 takes the CRC-64/NVME of the whole object (type
  FULL_OBJECT) too, and makes no object of another: Amazon S3 API reference, CompleteMultipartUpload.
"""

from awscrt import checksums
from ministack.services import s3

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

head = s3._head_object


def head_told(*arguments):
    print("S3:HeadObject", flush=True)
    return head(*arguments)


s3._head_object = head_told
