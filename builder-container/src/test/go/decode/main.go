// Decodes a file with libraries of the field, and prints the SHA-256 of what is in it.
package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

func decoder(name string, in io.Reader) (io.Reader, error) {
	switch name {
	case "gzip":
		return gzip.NewReader(in)
	case "zstd":
		return zstd.NewReader(in)
	case "xz":
		return xz.NewReader(in)
	}
	return nil, fmt.Errorf("no decoder %s", name)
}

func run(name, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	in, err := decoder(name, bufio.NewReader(file))
	if err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, in); err != nil {
		return err
	}
	fmt.Printf("%x\n", sum.Sum(nil))
	return nil
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
