using System.Reflection;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Tests.Models;

/// <summary>Finds every type that a value of some type can hold.</summary>
internal static class ModelWalk
{
    /// <summary>Each type with a path that leads to it.</summary>
    public static Dictionary<Type, string> From(params Type[] roots)
    {
        Dictionary<Type, string> found = [];
        Queue<(Type Type, string Path)> open = new(roots.Select(root => (root, root.Name)));
        while (open.Count > 0)
        {
            (Type type, string path) = open.Dequeue();
            if (!found.TryAdd(type, path))
            {
                continue;
            }

            foreach (Type argument in type.GetGenericArguments())
            {
                open.Enqueue((argument, $"{path}<{argument.Name}>"));
            }

            if (type.Assembly != typeof(WorkflowModel).Assembly || IsArray(type))
            {
                continue;
            }

            foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                open.Enqueue((field.FieldType, $"{path}.{field.Name}"));
            }

            foreach (Type derived in type.Assembly.GetTypes().Where(other => other != type && type.IsAssignableFrom(other)))
            {
                open.Enqueue((derived, $"{path} as {derived.Name}"));
            }
        }

        return found;
    }

    /// <summary>The one collection that models use; that it compares its elements has tests of its own.</summary>
    public static bool IsArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>);
}
